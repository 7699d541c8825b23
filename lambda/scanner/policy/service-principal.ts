/**
 * A service principal in the form of the commercial Regions, where all end in `.amazonaws.com`; in China some end in
 * `.amazonaws.com.cn`.
 */
export const commercialForm = (service: string): string => service.replace(/\.cn$/, '');

/**
 * Whether people sign in through the service: account access manager gives users of IAM Identity Center credentials of a role.
 * https://docs.aws.amazon.com/account-access/latest/APIReference/API_PrincipalRoleEntitlement.html
 */
export const isServiceOfPeople = (service: string): boolean => commercialForm(service) === 'account-access.amazonaws.com';
