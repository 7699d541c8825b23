/** The condition keys about a principal that whoever makes the principal decides. */
export const madeKeys = ['aws:principalarn', 'aws:principaltag/', 'aws:userid', 'aws:username', 'aws:principaltype'];
