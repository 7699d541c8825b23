import { z } from 'zod';
import { type Instant, instantSchema } from '../instant.ts';

/** A long-lived access key of an IAM user. */
export interface AccessKey {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  readonly createdAt: Instant;
}

/** Reads `iam list-access-keys` of one user. */
export const accessKeysSchema = z
  .object({
    AccessKeyMetadata: z.array(
      z.object({ UserName: z.string(), AccessKeyId: z.string(), Status: z.string(), CreateDate: instantSchema }),
    ),
  })
  .transform(({ AccessKeyMetadata }): readonly AccessKey[] =>
    AccessKeyMetadata.map((key) => ({
      id: key.AccessKeyId,
      userName: key.UserName,
      active: key.Status === 'Active',
      createdAt: key.CreateDate,
    })),
  );

/**
 * Reads `iam get-access-key-last-used`: when the key last signed a request; undefined: never since 22 April 2015.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html
 */
export const accessKeyLastUsedSchema = z
  .object({ AccessKeyLastUsed: z.object({ LastUsedDate: instantSchema.nullish() }).nullish() })
  .transform(({ AccessKeyLastUsed }): Instant | undefined => AccessKeyLastUsed?.LastUsedDate ?? undefined);

/** A credential for one service only: CodeCommit, Keyspaces, Bedrock, CloudWatch Logs. */
export interface ServiceCredential {
  readonly id: string;
  readonly userName: string;
  /** The service, such as `bedrock.amazonaws.com`. */
  readonly service: string;
  readonly active: boolean;
  readonly createdAt: Instant;
  /** Absent: the credential never expires. */
  readonly expiresAt?: Instant;
}

/** Reads `iam list-service-specific-credentials --all-users`. */
export const serviceCredentialsSchema = z
  .object({
    ServiceSpecificCredentials: z.array(
      z.object({
        UserName: z.string(),
        Status: z.string(),
        CreateDate: instantSchema,
        ExpirationDate: instantSchema.nullish(),
        ServiceSpecificCredentialId: z.string(),
        ServiceName: z.string(),
      }),
    ),
  })
  .transform(({ ServiceSpecificCredentials }): readonly ServiceCredential[] =>
    ServiceSpecificCredentials.map((credential) => ({
      id: credential.ServiceSpecificCredentialId,
      userName: credential.UserName,
      service: credential.ServiceName,
      active: credential.Status === 'Active',
      createdAt: credential.CreateDate,
      ...(credential.ExpirationDate == null ? {} : { expiresAt: credential.ExpirationDate }),
    })),
  );

/** A public key with which a user signs in to CodeCommit. */
export interface SshPublicKey {
  readonly id: string;
  readonly active: boolean;
  readonly uploadedAt: Instant;
}

/** Reads `iam list-ssh-public-keys` of one user. */
export const sshPublicKeysSchema = z
  .object({
    SSHPublicKeys: z.array(z.object({ SSHPublicKeyId: z.string(), Status: z.string(), UploadDate: instantSchema })),
  })
  .transform(({ SSHPublicKeys }): readonly SshPublicKey[] =>
    SSHPublicKeys.map((key) => ({ id: key.SSHPublicKeyId, active: key.Status === 'Active', uploadedAt: key.UploadDate })),
  );

/** An X.509 certificate with which a user signs requests to old APIs. */
export interface SigningCertificate {
  readonly id: string;
  readonly active: boolean;
  readonly uploadedAt?: Instant;
}

/** Reads `iam list-signing-certificates` of one user. */
export const signingCertificatesSchema = z
  .object({
    Certificates: z.array(z.object({ CertificateId: z.string(), Status: z.string(), UploadDate: instantSchema.nullish() })),
  })
  .transform(({ Certificates }): readonly SigningCertificate[] =>
    Certificates.map((certificate) => ({
      id: certificate.CertificateId,
      active: certificate.Status === 'Active',
      ...(certificate.UploadDate == null ? {} : { uploadedAt: certificate.UploadDate }),
    })),
  );
