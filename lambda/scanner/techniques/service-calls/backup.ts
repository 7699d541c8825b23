import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Backup: a restored EC2 instance is launched with the role that restores it.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-ec2.html
 */
export const backup: readonly PassRoleTechnique[] = [
  {
    id: 'backup-start-restore-job',
    aliases: [],
    title: 'Pass the role to a restore job that launches an EC2 instance with an instance profile',
    actions: ['backup:StartRestoreJob'],
    resources: {
      'backup:StartRestoreJob': [['arn:{partition}:ec2:*::image/*', 'arn:{partition}:backup:*:{account}:recovery-point:*']],
    },
    service: 'backup.amazonaws.com',
    existing: 'a recovery point of an EC2 instance whose commands the principal controls, and an instance profile',
  },
];
