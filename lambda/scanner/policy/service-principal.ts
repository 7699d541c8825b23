/** The Region in a service principal, and the ending of China: `states.eu-west-1.amazonaws.com`, `logs.cn-north-1.amazonaws.com.cn`. */
const regionalEnding = /(?:\.([a-z]+(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/;

/**
 * A service principal in the form of the commercial Regions, where all end in `.amazonaws.com`; in China some end in
 * `.amazonaws.com.cn`. Without its Region, if it has one: it is the same service, in that Region alone. IAM accepts Regions for some
 * services, such as Step Functions, CloudWatch Logs and CodeDeploy, and for every service in a Region that must be enabled.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services-in-opt-in-regions
 */
export const commercialForm = (service: string): string => service.replace(regionalEnding, '.amazonaws.com');

/** The Region to which a service principal is limited; undefined if it is the service in every Region. */
export const regionOfService = (service: string): string | undefined => regionalEnding.exec(service)?.[1];

/**
 * Whether people sign in through the service: account access manager gives users of IAM Identity Center credentials of a role.
 * https://docs.aws.amazon.com/account-access/latest/APIReference/API_PrincipalRoleEntitlement.html
 */
export const isServiceOfPeople = (service: string): boolean => commercialForm(service) === 'account-access.amazonaws.com';
