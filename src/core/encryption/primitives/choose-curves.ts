// Which implementation of the curves this browser gets: its own where that answers the standards' examples rightly, else plain code.
import { isEqual } from '../../../base/bytes.ts';
import type { Agreement, Curves, Signing } from './curves.ts';
import type { AgreementPublic, AgreementSecret, IdentityPublic, IdentitySeed, Signature } from './keys.ts';
import { webAgreement, webSigning } from './web-curves.ts';

const fromHex = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** RFC 7748, 5.2: nine, times nine, which is the public half of nine. */
const NINE = fromHex('09'.padEnd(64, '0'));
const NINE_TIMES_NINE = fromHex('422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079');
const NOTHING = new Uint8Array(32) as AgreementPublic;

/** RFC 8032, 7.1, the first example: no message at all. */
const SEED = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60') as IdentitySeed;
const IDENTITY = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a') as IdentityPublic;
const SIGNATURE = fromHex(
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
) as Signature;

export async function openCurves(subtle: SubtleCrypto): Promise<Curves> {
  const agreement = webAgreement(subtle);
  const signing = webSigning(subtle);
  const [agrees, signs] = await Promise.all([isTrue(doesAgree(agreement)), isTrue(doesSign(signing))]);
  if (agrees && signs) return { ...agreement, ...signing };
  const { plainAgreement, plainSigning } = await import('./plain-curves.ts');
  return { ...(agrees ? agreement : plainAgreement), ...(signs ? signing : plainSigning) };
}

async function doesAgree({ agree, publicOf }: Agreement): Promise<boolean> {
  const known = await publicOf(NINE as AgreementSecret);
  const refused = await agree(NINE as AgreementSecret, NOTHING);
  return isEqual(known, NINE_TIMES_NINE) && refused === undefined;
}

async function doesSign({ identityOf, sign, verify }: Signing): Promise<boolean> {
  const none = new Uint8Array();
  const right = isEqual(await identityOf(SEED), IDENTITY) && isEqual(await sign(SEED, none), SIGNATURE);
  return right && (await verify(IDENTITY, none, SIGNATURE)) && !(await verify(IDENTITY, Uint8Array.of(0), SIGNATURE));
}

const isTrue = (asked: Promise<boolean>): Promise<boolean> => asked.catch(() => false);
