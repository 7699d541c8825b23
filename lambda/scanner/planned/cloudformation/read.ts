import type { Identities } from '../../facts/identity.ts';
import { type Part, type PlannedChange, plannedChange } from '../planned-change.ts';
import { resolved } from '../unresolvable.ts';
import { harmlessKinds, iamReaders } from './iam-resources.ts';
import { createNames } from './names.ts';
import { propertiesOf } from './properties.ts';
import { type Resolver, type Stack, createResolver } from './resolver.ts';
import { type Template, type TemplateResource, parseTemplate } from './template.ts';

/**
 * What a template declares in IAM. It says nothing of what an earlier template of the stack declared and this one does not: that is
 * not removed.
 *
 * @throws UsageError when the text is no template.
 */
export function readTemplate(text: string, source: string, stack: Stack, identities: Identities): PlannedChange {
  const template = parseTemplate(text, source);
  const names = createNames(template, stack, identities);
  const resolver = createResolver(template, stack, names.deployed);
  const parts = Object.entries(template.Resources).flatMap(([id, resource]): readonly Part[] => {
    const unknown = unknownDeployment(id, resource, resolver);
    if (unknown === 'no') return [];
    if (unknown !== undefined) return isAboutAccess(resource.Type) ? [unknown] : [];
    const reader = Object.hasOwn(iamReaders, resource.Type) ? iamReaders[resource.Type] : undefined;
    if (reader === undefined) return unread(id, resource.Type);
    return reader({
      id,
      properties: propertiesOf(resource.Properties, resolver.resolve),
      named: () => names.iam(id, resource, resolver),
    });
  });
  return plannedChange([...transforms(template, source), ...parts]);
}

/** Whether the condition of a resource holds; undefined: it has none, or it does. */
function unknownDeployment(id: string, { Condition }: TemplateResource, { condition }: Resolver): 'no' | Part | undefined {
  if (Condition === undefined) return undefined;
  const holds = resolved(() => condition(Condition));
  if ('reason' in holds) return { source: id, reason: `whether it is deployed is not known: ${holds.reason}` };
  return holds.value ? undefined : 'no';
}

/** What a transform makes of a template is known only to CloudFormation; that of SAM makes roles. */
const transforms = ({ Transform }: Template, source: string): readonly Part[] =>
  Transform === undefined
    ? []
    : [
        {
          source,
          reason: `it has a transform (${JSON.stringify(Transform).slice(0, 80)}): use the processed template (aws cloudformation get-template --template-stage Processed)`,
        },
      ];

/** Kinds of resource outside of IAM by which someone can get permissions. */
const accessKinds =
  /^AWS::(IAM|SSO|Organizations|RolesAnywhere|IdentityStore)::|^AWS::CloudFormation::Stack(Set)?$|^AWS::Serverless::/;
const isAboutAccess = (type: string): boolean => accessKinds.test(type) && !harmlessKinds.has(type);

const unread = (id: string, type: string): readonly Part[] =>
  isAboutAccess(type) ? [{ source: id, reason: `${type} is not compared` }] : [];
