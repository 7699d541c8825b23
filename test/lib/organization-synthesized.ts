import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { IamVigilOrganizationStack, type IamVigilOrganizationStackProps } from '../../lib/iam-vigil-organization-stack.ts';
import { anApp } from './synthesized.ts';

/** The required settings of a deployment for an organization. */
export const organization = {
  organizationId: 'o-exampleorgid',
  organizationalUnits: ['r-ab12'],
} as const;

const made = new Map<string, Template>();

/** The template of the stack for an Organization, with these settings; made once for each. */
export function organizationTemplate(props: Partial<IamVigilOrganizationStackProps> = {}): Template {
  const key = JSON.stringify(props);
  const template =
    made.get(key) ?? Template.fromStack(new IamVigilOrganizationStack(anApp(), 'Test', { ...organization, ...props }));
  made.set(key, template);
  return template;
}

const machineSchema = z.object({
  Properties: z.object({ DefinitionString: z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.json())]) }) }),
});

/** A state machine in Amazon States Language. */
export type Definition = z.output<typeof definitionSchema>;

const stateSchema: z.ZodType<State> = z.looseObject({
  Type: z.string(),
  get ItemProcessor() {
    return definitionSchema.optional();
  },
});

/** One of its states. */
export interface State {
  readonly [field: string]: unknown;
  readonly Type: string;
  readonly ItemProcessor?: { readonly StartAt: string; readonly States: Readonly<Record<string, State>> } | undefined;
}

const definitionSchema = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), stateSchema) });

/** What the template's state machine does; where CloudFormation puts in what it knows, ARNs of an account that is made up. */
export function definitionIn(template: Template): Definition {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const [separator, parts] = machineSchema.parse(machine).Properties.DefinitionString['Fn::Join'];
  return definitionSchema.parse(JSON.parse(parts.map(known).join(separator)));
}

function known(part: unknown): string {
  if (typeof part === 'string') return part;
  const reference = z
    .union([
      z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
      z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((found) => found['Fn::GetAtt'][0]),
    ])
    .parse(part);
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Partition': 'aws',
    'AWS::Region': 'eu-west-1',
    'AWS::AccountId': '111122223333',
  };
  return (
    pseudo[reference] ?? (reference.includes('Store') ? 'store' : `arn:aws:lambda:eu-west-1:111122223333:function:${reference}`)
  );
}
