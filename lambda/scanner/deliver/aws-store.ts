import { GetObjectCommand, PutObjectCommand, S3Client, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Json } from '../model/json.ts';
import { RequestHandler, type RequestLimits } from '../requests/request-handler.ts';
import type { Store } from './store.ts';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** The bucket, and the account that must own it. */
export interface BucketOptions extends RequestLimits {
  readonly bucket: string;
  readonly owner: string;
}

/**
 * Stores values in an S3 bucket: gzipped JSON, or plain JSON lines. The bucket's settings decide how they are encrypted. Every call
 * checks that the expected account still owns the bucket.
 */
export function openStore({ bucket, owner, ...limits }: BucketOptions): Store {
  const requestHandler = new RequestHandler({ ...limits, purpose: 'read from or write to the bucket' });
  const client = new S3Client({ retryMode: 'adaptive', maxAttempts: 6, requestHandler });
  const there = { Bucket: bucket, ExpectedBucketOwner: owner };
  return {
    put: async (key, value) => {
      const Body = await pack(JSON.stringify(value));
      await client.send(new PutObjectCommand({ ...there, Key: key, Body, ContentType: 'application/gzip' }));
    },
    putLines: async (key, values) => {
      const Body = values.map((value) => `${JSON.stringify(value)}\n`).join('');
      await client.send(new PutObjectCommand({ ...there, Key: key, Body, ContentType: 'application/jsonl' }));
    },
    get: async (key) => {
      const { Body } = await client.send(new GetObjectCommand({ ...there, Key: key }));
      const packed = await (Body?.transformToByteArray() ?? []);
      return JSON.parse((await unpack(Buffer.from(packed))).toString()) as Json;
    },
    list: async (prefix) => {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { ...there, Prefix: prefix }))
        keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
      return keys;
    },
  };
}
