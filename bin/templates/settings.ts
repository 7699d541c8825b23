import { z } from 'zod';
import { organizationSettings, settings } from '../settings.ts';

/** The tables of the page, by what stands in the markers around them. */
const tables: readonly (readonly [marker: string, table: () => string])[] = [
  ['settings', () => table(settings.omit({ organization: true }), '')],
  ['settings of an organization', () => table(organizationSettings, 'organization.')],
];

/** The page with the tables between their markers. */
export const withSettings = (page: string): string =>
  tables.reduce(
    (text, [marker, content]) =>
      text.replace(
        new RegExp(String.raw`(<!-- generated: ${marker} -->)[\s\S]*?(<!-- end -->)`),
        (_, start: string, end: string) => `${start}\n\n${content()}\n\n${end}`,
      ),
    page,
  );

function table(object: z.ZodObject, prefix: string): string {
  const rows = Object.entries(z.toJSONSchema(object, { io: 'input' }).properties ?? {}).map(([name, form]) => {
    const { description = '', default: usual } = typeof form === 'object' ? form : {};
    return `| \`${prefix}${name}\` | ${description} | ${usual === undefined ? '' : `\`${JSON.stringify(usual).replaceAll('"', '')}\``} |`;
  });
  return ['| Setting | Meaning | Default |', '| - | - | - |', ...rows].join('\n');
}
