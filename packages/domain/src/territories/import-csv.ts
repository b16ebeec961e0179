import { z } from 'zod';

/** The bounds of an imported list: bytes of the file, and its lines. */
export const importLimits = { bytesMax: 200_000, linesMax: 500 } as const;

/** What is wrong with a line, as codes that the catalogue puts in words. */
export const LineFault = z.enum([
  'name',
  'address',
  'commune',
  'homes',
  'stairs',
  'point',
  'outside',
  'formula',
  'twice',
  'columns',
]);
export type LineFault = z.infer<typeof LineFault>;

/** A line of a list of residences, once read. `key` names it in the list, so that the same list opens nothing twice. */
export type ImportedResidence = {
  key: string;
  name: string;
  address: string;
  commune: string;
  homes: number;
  stairs: string[];
  lat: number;
  lon: number;
};

export type ImportedLine = { line: number; name: string; faults: LineFault[]; residence: ImportedResidence | null };

const headers = {
  key: ['reference', 'ref', 'cle'],
  name: ['nom', 'residence', 'name'],
  address: ['adresse', 'address'],
  commune: ['code_insee', 'insee', 'commune'],
  homes: ['logements', 'homes', 'foyers'],
  stairs: ['escaliers', 'entrees', 'stairs'],
  lat: ['latitude', 'lat'],
  lon: ['longitude', 'lon', 'lng'],
} as const;
type Column = keyof typeof headers;
const needed: readonly Column[] = ['name', 'address', 'commune', 'homes', 'lat', 'lon'];

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

/** The cells of a CSV text (RFC 4180: quotes doubled inside quotes; CR LF, LF or CR), at most `linesMax` + 1 rows; null when a quote is never closed. */
export const splitCsv = (text: string, separator: string): string[][] | null => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator) {
      row.push(cell);
      cell = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[at + 1] === '\n') at += 1;
      rows.push([...row, cell]);
      row = [];
      cell = '';
      if (rows.length > importLimits.linesMax + 1) return rows;
    } else cell += character;
  }
  if (isQuoted) return null;
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
};

/** The separator of a table: whichever of semicolon (Excel in French), comma and tab its first line has most of. */
const separatorOf = (text: string): string => {
  const [first = ''] = text.split(/[\r\n]/, 1);
  const counted = [';', ',', '\t'].map((one) => ({ one, count: first.split(one).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).one;
};

const columnsOf = (head: readonly string[]): Partial<Record<Column, number>> => {
  const names = head.map(plain);
  const found: Partial<Record<Column, number>> = {};
  for (const [column, words] of Object.entries(headers) as [Column, readonly string[]][]) {
    const at = names.findIndex((name) => words.includes(name));
    if (at >= 0) found[column] = at;
  }
  return found;
};

/** A decimal as people write it, `46,33` or `46.33`; NaN when it is none. */
const decimal = (text: string): number =>
  /^-?\d{1,3}([.,]\d{1,12})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;

/** What a spreadsheet would run when the list is opened again: a cell that begins a formula. */
const isFormula = (text: string): boolean => /^[=+@\t\r]|^-(?!\d)/.test(text);

const readLine = (cells: readonly string[], columns: Partial<Record<Column, number>>, line: number): ImportedLine => {
  const at = (column: Column): string => (cells[columns[column] ?? -1] ?? '').normalize('NFC').trim();
  const faults: LineFault[] = [];
  const [name, address] = [at('name'), at('address')];
  const commune = at('commune').toUpperCase().padStart(5, '0');
  const homes = Number(at('homes'));
  const stairs = at('stairs')
    .split('|')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const [lat, lon] = [decimal(at('lat')), decimal(at('lon'))];
  const isText = (text: string, max: number) => text !== '' && text.length <= max && !/\p{Cc}/u.test(text);
  if (!isText(name, 60)) faults.push('name');
  if (!isText(address, 200)) faults.push('address');
  if (!/^(?:\d{5}|2[AB]\d{3})$/.test(commune)) faults.push('commune');
  if (!Number.isInteger(homes) || homes < 1 || homes > 5000) faults.push('homes');
  if (stairs.length > 40 || stairs.some((one) => !isText(one, 60)) || new Set(stairs).size !== stairs.length)
    faults.push('stairs');
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) faults.push('point');
  if ([name, address, at('key'), ...stairs].some(isFormula)) faults.push('formula');
  const key = plain(at('key') || name).slice(0, 80) || plain(name).slice(0, 80);
  const residence = { key, name, address, commune, homes, stairs, lat, lon };
  return { line, name: name.slice(0, 60), faults, residence: faults.length === 0 ? residence : null };
};

/**
 * Reads a list of residences from CSV text: a line of headings, then one a residence, `|` between stairs. Never throws.
 * Null when it is no such list (a quote never closed, a heading missing, nothing, or over 500 lines); otherwise each line with its faults.
 */
export const readResidenceList = (text: string): ImportedLine[] | null => {
  const body = text.replace(/^\uFEFF/, '');
  const rows = splitCsv(body, separatorOf(body));
  const [head, ...lines] = rows ?? [];
  if (!head || lines.length === 0 || lines.length > importLimits.linesMax) return null;
  const columns = columnsOf(head);
  if (needed.some((column) => columns[column] === undefined)) return null;
  const read = lines.flatMap((cells, n) =>
    cells.every((cell) => cell.trim() === '') ? [] : [readLine(cells, columns, n + 2)],
  );
  const seen = new Set<string>();
  for (const one of read) {
    if (!one.residence) continue;
    const id = `${one.residence.commune} ${one.residence.key}`;
    if (seen.has(id)) {
      one.faults.push('twice');
      one.residence = null;
    }
    seen.add(id);
  }
  return read;
};
