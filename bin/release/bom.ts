import Ajv from 'ajv';
import formats from 'ajv-formats';
import { readFileSync } from 'node:fs';

/** What is needed of a bill of materials in CycloneDX. */
export interface Bom {
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface Component {
  readonly type: string;
  readonly name: string;
  readonly 'bom-ref'?: string;
  readonly version?: string;
}

/**
 * The bill of materials of what is published: of all packages that npm knows here, those that the notices name, since the others are only
 * built or tested with.
 *
 * @throws Error when a package of the notices is unknown to npm.
 */
export function publishedBom(everything: Bom, notices: string): Bom {
  const known = new Map(everything.components.map((component) => [`${component.name} ${component.version}`, component]));
  const components = [...notices.matchAll(TITLE)].map(([title, name = '', version, license = '']) => {
    const component = version === undefined ? dataFrom(name, license) : known.get(`${name} ${version}`);
    if (component === undefined) throw new Error(`${title} is in the notices, but npm does not know it`);
    return published(component);
  });
  const refs = new Set(components.flatMap((component) => component['bom-ref'] ?? []));
  const root = everything.metadata.component;
  const within = (dependsOn: readonly string[] = []) => dependsOn.filter((ref) => refs.has(ref));
  return {
    ...everything,
    metadata: { ...everything.metadata, component: { ...root, type: 'application', name: 'iam-vigil' } },
    components,
    dependencies: everything.dependencies
      .filter(({ ref }) => refs.has(ref) || ref === root['bom-ref'])
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: ref === root['bom-ref'] ? [...refs] : within(dependsOn) })),
  };
}

/** The line of a package in the notices, or of a repository whose data is published, which has no version. */
const TITLE = /^((?:@?[\w.-]+\/)?[\w.-]+)(?: (\d\S*)|(?<=\/.*)) \(([\w.-]+)\)$/gm;

/** A package is part of what is published, although here it is one for development. */
const published = (component: Component): Component => ({
  ...component,
  ...('properties' in component ? { properties: [] } : {}),
});

const dataFrom = (name: string, license: string) => ({
  type: 'data',
  name,
  'bom-ref': name,
  licenses: [{ license: { id: license } }],
});

const SCHEMAS = 'node_modules/@cyclonedx/cyclonedx-library/res/schema';

/** What CycloneDX's own schema does not allow in a bill of materials. */
export function bomProblems(bom: Bom): readonly string[] {
  const ajv = new Ajv.default({ strict: false, formats: { 'iri-reference': true, 'idn-email': true } });
  formats.default(ajv);
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  const validate = ajv.compile(schemaOf(`bom-${bom.specVersion}`));
  return validate(bom) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const schemaOf = (name: string) => JSON.parse(readFileSync(`${SCHEMAS}/${name}.SNAPSHOT.schema.json`, 'utf8')) as object;
