import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Budgets: an action of a budget attaches a policy to any user, role or group with its execution role.
 * https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-controls.html
 */
export const budgets: readonly PassRoleTechnique[] = [
  {
    id: 'budgets-create-budget-action',
    aliases: [],
    title: 'Create a budget, and pass the role to an action of it that attaches an admin policy',
    actions: ['budgets:ModifyBudget', 'budgets:CreateBudgetAction'],
    service: 'budgets.amazonaws.com',
  },
  {
    id: 'budgets-create-action-for-budget',
    aliases: [],
    title: 'Pass the role to a new action of a budget that attaches an admin policy',
    actions: ['budgets:CreateBudgetAction'],
    service: 'budgets.amazonaws.com',
    existing: 'a budget that is exceeded',
  },
  {
    id: 'budgets-update-budget-action',
    aliases: [],
    title: 'Pass the role to an existing action of a budget, and make it attach an admin policy',
    actions: ['budgets:UpdateBudgetAction'],
    service: 'budgets.amazonaws.com',
    existing: 'an action of a budget',
  },
];
