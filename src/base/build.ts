// Which build this is. The bundler puts the version in; unbuilt source calls itself `source`.

declare const __WARBLER_BUILD__: string | undefined;

export const BUILD: string = typeof __WARBLER_BUILD__ === 'string' ? __WARBLER_BUILD__ : 'source';
