import { consoleAddress } from '../../lambda/handlers/invocation.ts';

test.each([
  [
    'aws',
    'eu-west-1',
    'https://eu-west-1.console.aws.amazon.com/s3/object/store?region=eu-west-1&prefix=reports%2F1%2Flatest.html',
  ],
  [
    'aws-cn',
    'cn-north-1',
    'https://cn-north-1.console.amazonaws.cn/s3/object/store?region=cn-north-1&prefix=reports%2F1%2Flatest.html',
  ],
  [
    'aws-us-gov',
    'us-gov-west-1',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/s3/object/store?region=us-gov-west-1&prefix=reports%2F1%2Flatest.html',
  ],
])('the address of an object in the console of the partition %s', (partition, region, address) => {
  const invokedFunctionArn = `arn:${partition}:lambda:${region}:111122223333:function:vigil`;
  expect(consoleAddress({ invokedFunctionArn }, 'store', 'reports/1/latest.html')).toBe(address);
});
