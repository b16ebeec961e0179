import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readResidenceList, splitCsv } from './import-csv.ts';

const head = 'Référence;Nom;Adresse;Code INSEE;Logements;Escaliers;Latitude;Longitude';
const good = 'R1;Les Lilas;3 rue des Lilas;1173;24;A|B;46,3314;6,0604';

test('a spreadsheet’s list is read: semicolons, a byte-order mark, decimal commas, a lost leading zero, Windows lines', () => {
  const [line] = readResidenceList(`\uFEFF${head}\r\n${good}\r\n\r\n`) ?? [];
  expect(line).toMatchObject({
    line: 2,
    faults: [],
    residence: {
      key: 'r1',
      name: 'Les Lilas',
      commune: '01173',
      homes: 24,
      stairs: ['A', 'B'],
      lat: 46.3314,
      lon: 6.0604,
    },
  });
});

test('each line says what is wrong with it, by its number', () => {
  const lines = readResidenceList(
    [
      head,
      good,
      'R2;;;x;0;A|A;999;nord',
      'R3;=cmd();1 rue;01173;3;;46.3;6.0',
      'R1;Les Lilas bis;1 rue;01173;3;;46.3;6.0',
    ].join('\n'),
  );
  expect(lines?.map(({ line, faults }) => [line, faults])).toEqual([
    [2, []],
    [3, ['name', 'address', 'commune', 'homes', 'stairs', 'point']],
    [4, ['formula']],
    [5, ['twice']],
  ]);
});

test('what is no such list is refused whole', () => {
  for (const text of ['', head, 'a;b\n1;2', `${head}\n"never closed`, `${head}\n${'x;\n'.repeat(501)}`])
    expect(readResidenceList(text)).toBeNull();
});

test('quoted cells come back as they were, and no text whatever breaks the reader', () => {
  const cell = fc.string({ maxLength: 20 });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(';')).join('\r\n');
      expect(splitCsv(text, ';')).toEqual(rows);
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (noise) => {
      const read = readResidenceList(`${head}\n${noise}`);
      for (const { faults, residence } of read ?? []) expect(residence === null).toBe(faults.length > 0);
    }),
  );
});
