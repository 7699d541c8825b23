import type { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import type { IamVigilStackProps } from '../../lib/iam-vigil-stack.ts';
import { organizationTemplate } from './organization-synthesized.ts';
import { templateOf } from './synthesized.ts';

const deployments = [
  ['one account', (props: Pick<IamVigilStackProps, 'dashboard'>) => templateOf(props)],
  ['an organization', (props: Pick<IamVigilStackProps, 'dashboard'>) => organizationTemplate(props)],
] as const;

const widgetSchema = z.object({
  type: z.string(),
  properties: z.looseObject({ title: z.string(), query: z.string().optional(), metrics: z.array(z.array(z.json())).optional() }),
});

/** The widgets, with what CloudFormation puts in as its name. */
function widgetsIn(template: Template): ReadonlyMap<string, z.output<typeof widgetSchema>> {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = z.object({
    Properties: z.object({ DashboardBody: z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.json())]) }) }),
  });
  const [separator, parts] = body.parse(dashboard).Properties.DashboardBody['Fn::Join'];
  const text = parts.map((part) => (typeof part === 'string' ? part : Object.values(part ?? {}).join('.'))).join(separator);
  const { widgets } = z.object({ widgets: z.array(widgetSchema) }).parse(JSON.parse(text));
  return new Map(widgets.map((widget) => [widget.properties.title, widget]));
}

describe.each(deployments)('the dashboard of the deployment for %s', (name, deployed) => {
  const template = deployed({ dashboard: true });
  const widgets = widgetsIn(template);

  test('is not there by default', () => {
    deployed({}).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
    expect(deployed({}).findOutputs('DashboardLink')).toEqual({});
  });

  test('shows the last runs, findings by severity, admins, what could not be seen, what was told, and the alarms', () => {
    expect([...widgets.keys()]).toEqual([
      'Last runs',
      'Open findings by severity',
      'Principals with administrator access',
      'What could not be seen',
      'Changes that were told',
      'Alarms',
    ]);
  });

  test.each(['Last runs', 'Open findings by severity', 'Principals with administrator access'])(
    '%s reads the last line of each run in the log of the functions',
    (title) => {
      const [log] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
      expect(widgets.get(title)).toMatchObject({
        type: 'log',
        properties: { query: expect.stringContaining(`SOURCE '${log ?? ''}'`) as string },
      });
      expect(widgets.get(title)?.properties.query).toContain('| filter message = "scan finished"');
    },
  );

  test('reads severities and verdicts where the log has them', () => {
    expect(widgets.get('Open findings by severity')?.properties.query).toMatch(
      /max\(`failed\.CRITICAL`\) as Critical, .* by bin\(1d\)$/,
    );
    expect(widgets.get('Principals with administrator access')?.properties.query).toContain(
      'max(`admins.can-become-admin`) as CanBecomeAdmin',
    );
  });

  test('reads the metrics that the function publishes', () => {
    const shown = ['What could not be seen', 'Changes that were told'].flatMap(
      (title) => widgets.get(title)?.properties.metrics ?? [],
    );
    const names = shown.map(([namespace, metric]) => [namespace, metric]);
    const ofAll = [
      ['IamVigil', 'UnknownFindings'],
      ['IamVigil', 'ToldChanges'],
    ];
    expect(names.toSorted()).toEqual(
      (name === 'an organization' ? [...ofAll, ['IamVigil', 'AccountsNotScanned']] : ofAll).toSorted(),
    );
  });

  test('has every alarm', () => {
    expect(widgets.get('Alarms')?.properties['alarms']).toHaveLength(
      Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length,
    );
  });

  test('has its link among the outputs, where the console has one address', () => {
    const [dashboard] = Object.keys(template.findResources('AWS::CloudWatch::Dashboard'));
    const { Condition, Value } = template.findOutputs('DashboardLink')['DashboardLink'] ?? {};
    expect(Condition).toBe('HasConsole');
    expect(JSON.stringify(Value)).toContain(`#dashboards/dashboard/",{"Ref":"${dashboard ?? ''}"}`);
  });
});
