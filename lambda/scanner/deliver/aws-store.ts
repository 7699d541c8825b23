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
 * Stores values in an S3 bucket: gzipped JSON, plain JSON lines, or pages. The bucket's settings decide how they are encrypted. Every call
 * checks that the expected account still owns the bucket.
 */
export function openStore({ bucket, owner, ...limits }: BucketOptions): Store {
  const requestHandler = new RequestHandler({ ...limits, purpose: 'read from or write to the bucket' });
  const client = new S3Client({ retryMode: 'adaptive', maxAttempts: 6, requestHandler });
  const there = { Bucket: bucket, ExpectedBucketOwner: owner };
  const download = async (Key: string): Promise<Uint8Array> => {
    const { Body } = await client.send(new GetObjectCommand({ ...there, Key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  };
  const upload = async (Key: string, Body: Uint8Array | string, ContentType: string, IfNoneMatch?: string): Promise<void> => {
    const condition = IfNoneMatch === undefined ? {} : { IfNoneMatch };
    await client.send(new PutObjectCommand({ ...there, ...condition, Key, Body, ContentType }));
  };
  const put = async (key: string, value: unknown, ifNoneMatch?: string): Promise<void> =>
    upload(key, await pack(JSON.stringify(value)), 'application/gzip', ifNoneMatch);
  return {
    put,
    putNew: async (key, value) => {
      try {
        await put(key, value, '*');
        return true;
      } catch (error) {
        if (isNamed(error, 'PreconditionFailed')) return false;
        throw error;
      }
    },
    get: async (key) => parse(await download(key)),
    find: async (key) => {
      try {
        const packed = await download(key);
        return await parse(packed).then(
          (value) => ({ status: 'found', value }),
          (error: unknown) => ({ status: 'corrupt', error }),
        );
      } catch (error) {
        if (isNamed(error, 'NoSuchKey')) return { status: 'absent' };
        if (isNamed(error, 'AccessDenied')) return { status: 'hidden' };
        throw error;
      }
    },
    putLines: (key, values) => upload(key, values.map((value) => `${JSON.stringify(value)}\n`).join(''), 'application/jsonl'),
    putPage: (key, pieces) =>
      upload(key, Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece))), 'text/html; charset=utf-8'),
    list: async (prefix) => {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { ...there, Prefix: prefix }))
        keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
      return keys;
    },
  };
}

const parse = async (packed: Uint8Array): Promise<Json> => JSON.parse((await unpack(packed)).toString()) as Json;

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
