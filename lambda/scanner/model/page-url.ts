/** What stands for the ID of a check, and for the version of iam-vigil, in the address of the documentation. */
export const CHECK_IN_URL = '{check}';
const VERSION_IN_URL = '{version}';

/** The address of the page of a check, where `docsUrl` of the configuration says that it is. */
export const pageUrl = (docsUrl: string, checkId: string, version: string): string =>
  docsUrl.replaceAll(CHECK_IN_URL, encodeURIComponent(checkId)).replaceAll(VERSION_IN_URL, encodeURIComponent(version));
