import { z } from 'zod';
import { partlyReadWholeList } from '../../lambda/scanner/facts/lenient.ts';

const list = partlyReadWholeList('Users', z.object({ UserName: z.string() }));

test('six million elements that cannot be read end at once, and none is passed over in silence', () => {
  const elements = [{ UserName: 'ann' }, ...Array<object>(6_000_000).fill({})];
  const { items, unread } = list.parse(elements);
  expect(items).toEqual([{ UserName: 'ann' }]);
  expect(unread).toHaveLength(10_001);
  expect(unread.at(-1)).toBe('Users[10001] to [6000000]');
});

test('each of a few is named', () => {
  expect(list.parse([{}, { UserName: 'ann' }, 3]).unread).toEqual(['Users[0]: UserName', 'Users[2]']);
});
