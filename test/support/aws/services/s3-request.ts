import type { IncomingHttpHeaders } from 'node:http';

/**
 * What a request to S3 asks for: the SDK says the action in the query, and the bucket and the key stand in the path, as they do for any
 * endpoint that is an address. https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#path-style-access
 */
export function readS3Request(headers: IncomingHttpHeaders, url: string) {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [, bucket = '', ...key] = pathname.split('/');
  return {
    action: searchParams.get('x-id') ?? (searchParams.get('list-type') === '2' ? 'ListObjectsV2' : ''),
    parameters: new Map([
      ['Bucket', bucket],
      ['Key', key.map(decodeURIComponent).join('/')],
      ['Prefix', searchParams.get('prefix') ?? ''],
      ['StartAfter', searchParams.get('continuation-token') ?? ''],
      ['IfNoneMatch', headers['if-none-match'] ?? ''],
      ['ExpectedBucketOwner', String(headers['x-amz-expected-bucket-owner'] ?? '')],
    ]),
  };
}
