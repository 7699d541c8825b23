import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Lambda MicroVMs: build hooks run with the build role of the image, the guest with the execution role.
 * https://docs.aws.amazon.com/lambda/latest/dg/microvms-security.html
 */
export const lambdaMicrovms: readonly PassRoleTechnique[] = [
  {
    id: 'lambda-create-microvm-image',
    aliases: [],
    title: 'Pass the role to the build of a new Lambda MicroVM image that runs custom commands',
    actions: ['lambda:CreateMicrovmImage'],
    service: 'lambda.amazonaws.com',
  },
  {
    id: 'lambda-update-microvm-image',
    aliases: [],
    title: 'Pass the role to the build of an existing Lambda MicroVM image that runs custom commands',
    actions: ['lambda:UpdateMicrovmImage'],
    service: 'lambda.amazonaws.com',
    existing: 'a Lambda MicroVM image',
  },
  {
    id: 'lambda-run-microvm-and-open-shell',
    aliases: [],
    title: 'Pass the role to a new Lambda MicroVM, and open a shell in it',
    actions: ['lambda:RunMicrovm', 'lambda:CreateMicrovmShellAuthToken', 'lambda:ConnectMicrovm'],
    service: 'lambda.amazonaws.com',
  },
  {
    id: 'lambda-run-microvm',
    aliases: [],
    title: 'Pass the role to a new Lambda MicroVM of an image with custom code',
    actions: ['lambda:RunMicrovm'],
    service: 'lambda.amazonaws.com',
    existing: 'a Lambda MicroVM image whose code the principal controls',
  },
];
