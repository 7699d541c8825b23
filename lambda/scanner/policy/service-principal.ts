/**
 * A service principal in the form of the commercial Regions, where all end in `.amazonaws.com`; in China some end in
 * `.amazonaws.com.cn`.
 */
export const commercialForm = (service: string): string => service.replace(/\.cn$/, '');
