import { z } from 'zod';

/** A delegated administrator: a member account that administers a service for the organization. */
export interface Delegation {
  readonly accountId: string;
  /** The service principal, such as `guardduty.amazonaws.com`. */
  readonly service: string;
}

/** Reads `organizations list-delegated-administrators`, with the result of `list-delegated-services-for-account` for each. */
export const delegationsSchema = z
  .array(
    z.object({
      Id: z.string(),
      DelegatedServices: z.array(z.object({ ServicePrincipal: z.string() })),
    }),
  )
  .transform((administrators): readonly Delegation[] =>
    administrators.flatMap(({ Id, DelegatedServices }) =>
      DelegatedServices.map(({ ServicePrincipal }) => ({ accountId: Id, service: ServicePrincipal })),
    ),
  );

/** Reads `organizations list-aws-service-access-for-organization`: the services with trusted access. */
export const trustedServicesSchema = z
  .array(z.object({ ServicePrincipal: z.string() }))
  .transform((services): readonly string[] => services.map(({ ServicePrincipal }) => ServicePrincipal));
