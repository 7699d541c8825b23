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

// Only what a write is told by is filled in.
const writesOf = (plan: object) => plannedWrites({ import: [], suppress: [], ...plan });

test('each import is told by what it does, as Security Hub will have it, or has it where nothing new is said', () => {
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

test('what is hidden and what is shown again come after the imports, told by what is stored or imported just now', () => {
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

test('a stored document that lacks what it should have is told all the same', () => {
  const bare = { document: { FindingProviderFields: {}, Resources: [] } };
  expect(writesOf({ import: [{ why: 'kept', id: 'e', stored: bare }] })).toEqual([
    { does: 'refresh', id: '', checkId: '', severity: '', resource: '' },
  ]);
});
