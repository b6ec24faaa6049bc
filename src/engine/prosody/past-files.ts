// Puts files of past messages where mod_http_file_share looks for those that were uploaded: their bytes in its folder, a row for each in its archive.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeXml } from '../escape-xml.ts';
import { keptName, slotOf, type KeepFile } from '../past-file.ts';
import { addressOf } from '../past-stanza.ts';
import { uploadDomainOf, uploadsAddressOf, type EnginePlan } from '../plan.ts';
import type { DatabaseSync } from '../sqlite.ts';

export function fileKeeper(database: DatabaseSync, data: string, plan: EnginePlan): KeepFile {
  const host = uploadDomainOf(plan.domain);
  const folder = join(
    data,
    host.replaceAll(/\W/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
    'http_file_share',
  );
  const insert = database.prepare(
    'INSERT INTO "prosodyarchive" ("host", "user", "store", "key", "when", "with", "type", "value") VALUES (?, \'\', \'uploads\', ?, ?, ?, \'xml\', ?)',
  );
  return (message, file) => {
    const [slot, name] = [slotOf(message), keptName(file)];
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${slot}.bin`), file.bytes);
    const request = `<request xmlns='urn:xmpp:http:upload:0' filename='${name}' size='${file.bytes.length}' content-type='${escapeXml(file.type)}'/>`;
    // As of today, whenever it was sent: the engine clears away what is a week old.
    insert.run(host, slot, Math.floor(Date.now() / 1000), addressOf(message.from, plan.domain), request);
    return `${uploadsAddressOf(plan)}/files/${slot}/${name}`;
  };
}
