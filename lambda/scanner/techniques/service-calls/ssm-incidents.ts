import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Systems Manager Incident Manager: a response plan runs its runbook with the role when an incident starts.
 * https://docs.aws.amazon.com/incident-manager/latest/userguide/tutorials-runbooks.html
 */
export const ssmIncidents: readonly PassRoleTechnique[] = [
  {
    id: 'ssm-incidents-create-response-plan',
    aliases: [],
    title: 'Pass the role to a new response plan that runs a custom automation document, and start an incident',
    actions: ['ssm-incidents:CreateResponsePlan', 'ssm-incidents:StartIncident', 'ssm:CreateDocument'],
    service: 'ssm-incidents.amazonaws.com',
    existing: 'a replication set of Incident Manager',
  },
  {
    id: 'ssm-incidents-update-response-plan',
    aliases: [],
    title: 'Pass the role to a response plan, make it run a custom automation document, and start an incident',
    actions: ['ssm-incidents:UpdateResponsePlan', 'ssm-incidents:StartIncident', 'ssm:CreateDocument'],
    service: 'ssm-incidents.amazonaws.com',
    existing: 'a response plan of Incident Manager',
  },
];
