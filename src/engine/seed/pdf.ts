// A page of text as PDF, in Chinese and English. It names typefaces that every reader has or stands in for, so that none has to lie in it.

const PAGE = { width: 595, height: 842 };
const [LEFT, TOP, LEADING] = [64, 760, 26];

/** The first line is its heading. */
export function pdfOf(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const words = contentOf(lines);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>`,
    `<< /Length ${words.length} >>\nstream\n${words}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  let text = '%PDF-1.5\n';
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = ['0000000000 65535 f ', ...places.map((place) => `${String(place).padStart(10, '0')} 00000 n `)];
  text += `xref\n0 ${table.length}\n${table.join('\n')}\ntrailer\n<< /Size ${table.length} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function contentOf(lines: readonly string[]): string {
  const said = lines.map((line, at) => `/F ${at === 0 ? 20 : 12} Tf <${hexOf(line)}> Tj 0 -${at === 0 ? LEADING * 1.6 : LEADING} Td`);
  return `BT ${LEFT} ${TOP} Td ${said.join(' ')} ET`;
}

const hexOf = (line: string): string => Buffer.from(line, 'utf16le').swap16().toString('hex');
