import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** What the doc comments of interfaces say of their fields, by the name of the interface and that of the field. */
export type Descriptions = ReadonlyMap<string, ReadonlyMap<string, string>>;

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;
type Field = readonly [name: string, description: string];

/** The descriptions in the source files of a folder. An interface has those of the interfaces that it extends. */
export function descriptionsIn(folder: string): Descriptions {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const sources = files.map((name) => readFileSync(path.join(folder, name), 'utf8'));
  const interfaces: Interfaces = new Map(sources.flatMap(interfacesIn).map((declared) => [declared.name.text, declared]));
  return new Map([...interfaces].map(([name, declared]) => [name, new Map(fieldsOf(declared, interfaces))]));
}

const interfacesIn = (source: string): readonly ts.InterfaceDeclaration[] =>
  ts
    .createSourceFile('source.ts', source, ts.ScriptTarget.ES2023, true)
    .statements.filter((statement) => ts.isInterfaceDeclaration(statement));

const fieldsOf = (declared: ts.InterfaceDeclaration, interfaces: Interfaces): readonly Field[] => [
  ...extendedBy(declared, interfaces).flatMap((extended) => fieldsOf(extended, interfaces)),
  ...declared.members.flatMap(described),
];

/** The interfaces that an interface extends, also as a part of a type such as `Omit<Finding, 'status'>`. */
function extendedBy(
  { heritageClauses = [] }: { readonly heritageClauses?: Iterable<ts.HeritageClause> },
  interfaces: Interfaces,
) {
  const words = [...heritageClauses].flatMap((clause) => clause.getText().match(/\w+/g) ?? []);
  return words.flatMap((word) => interfaces.get(word) ?? []);
}

function described(member: ts.TypeElement): readonly Field[] {
  const [comment] = ts.getJSDocCommentsAndTags(member);
  const text = comment === undefined ? undefined : ts.getTextOfJSDocComment(comment.comment);
  if (text === undefined || member.name === undefined || !ts.isIdentifier(member.name)) return [];
  return [[member.name.text, text.replaceAll(/\{@link (\w+)\}/g, '$1').replaceAll(/\s+/g, ' ')]];
}
