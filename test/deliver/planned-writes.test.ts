import { plannedWrites } from '../../lambda/scanner/deliver/planned-writes.ts';

const document = (id: string, severity: string) => ({
  Id: id,
  GeneratorId: 'admin-user',
  FindingProviderFields: { Severity: { Label: severity } },
  Resources: [{ Id: `arn:${id}` }],
});
const wanted = (id: string) => ({ content: document(id, 'HIGH') });
const stored = (id: string) => ({ document: document(id, 'LOW') });
const told = (id: string, severity: string) => ({ id, severity, checkId: 'admin-user', resource: `arn:${id}` });

// Only the fields that are printed are set.
const writesOf = (plan: object) => plannedWrites({ import: [], suppress: [], ...plan });

test('each import has its kind, and the new data, or the stored data if nothing changed', () => {
  const writes = writesOf({
    import: [
      { why: 'new', id: 'a', wanted: wanted('a') },
      { why: 'changed', id: 'b', wanted: wanted('b'), stored: stored('b') },
      { why: 'refreshed', id: 'c', wanted: wanted('c'), stored: stored('c') },
      { why: 'fixed', id: 'd', stored: stored('d') },
      { why: 'kept', id: 'e', stored: stored('e') },
    ],
  });
  expect(writes).toEqual([
    { does: 'create', ...told('a', 'HIGH') },
    { does: 'update', ...told('b', 'HIGH') },
    { does: 'refresh', ...told('c', 'HIGH') },
    { does: 'archive', ...told('d', 'LOW') },
    { does: 'refresh', ...told('e', 'LOW') },
  ]);
});

test('suppressed and reopened findings come after the imports, with the stored or imported data', () => {
  const writes = writesOf({
    import: [{ why: 'new', id: 'a', wanted: wanted('a') }],
    suppress: [
      { id: 'a', to: 'SUPPRESSED' },
      { id: 'b', to: 'NEW', stored: stored('b') },
      { id: 'nowhere', to: 'SUPPRESSED' },
    ],
  });
  expect(writes.slice(1)).toEqual([
    { does: 'suppress', ...told('a', 'HIGH') },
    { does: 'return', ...told('b', 'LOW') },
  ]);
});

test('a stored document with missing fields is still listed', () => {
  const bare = { document: { FindingProviderFields: {}, Resources: [] } };
  expect(writesOf({ import: [{ why: 'kept', id: 'e', stored: bare }] })).toEqual([
    { does: 'refresh', id: '', checkId: '', severity: '', resource: '' },
  ]);
});
