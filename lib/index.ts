export { type IamVigilAlarms } from './alarms.ts';
export { IamVigil } from './iam-vigil.ts';
export { IamVigilStack, type IamVigilStackProps } from './iam-vigil-stack.ts';
export { type IamVigilProps } from './props.ts';
