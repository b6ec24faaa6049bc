// An address to be fetched, as every program knows it, XEP-0066.
import { NS_OUT_OF_BAND } from '../namespaces.ts';
import { child, element, textOfChild, type Element } from '../xml.ts';

export const writeOutOfBand = (url: string): Element => element('x', NS_OUT_OF_BAND, {}, [element('url', NS_OUT_OF_BAND, {}, [url])]);

export const readOutOfBand = (message: Element): string | undefined =>
  textOfChild(child(message, 'x', NS_OUT_OF_BAND), 'url', NS_OUT_OF_BAND)?.trim() || undefined;
