/** The licenses under which a package may be part of what is published: they ask for a notice, and for nothing else. */
export const accepted = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];
