import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Amplify Hosting: the commands of a build run with the service role of the app, and the code that it hosts with the
 * compute role.
 * https://docs.aws.amazon.com/amplify/latest/userguide/amplify-service-role.html
 */
export const amplify: readonly PassRoleTechnique[] = [
  {
    id: 'amplify-create-app',
    aliases: ['amplify-001'],
    title: 'Pass the role to a new Amplify app, and start a build that runs custom commands',
    actions: ['amplify:CreateApp', 'amplify:CreateBranch', 'amplify:StartJob'],
    service: 'amplify.amazonaws.com',
  },
  {
    id: 'amplify-update-app',
    aliases: [],
    title: 'Pass the role to an existing Amplify app, change its build commands, and start a build',
    actions: ['amplify:UpdateApp', 'amplify:StartJob'],
    service: 'amplify.amazonaws.com',
    existing: 'an Amplify app with a branch',
  },
  {
    id: 'amplify-create-branch',
    aliases: [],
    title: 'Pass the role to a new branch of an Amplify app, whose server code runs with it',
    actions: ['amplify:CreateBranch'],
    service: 'amplify.amazonaws.com',
    existing: 'an Amplify app whose code the principal can change',
  },
  {
    id: 'amplify-update-branch',
    aliases: [],
    title: 'Pass the role to a branch of an Amplify app, whose server code runs with it',
    actions: ['amplify:UpdateBranch'],
    service: 'amplify.amazonaws.com',
    existing: 'an Amplify app whose code the principal can change',
  },
];
