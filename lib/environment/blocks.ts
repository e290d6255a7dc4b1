import { conforms, custom, describe, isLiteral, type Shape } from '../foundation';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Whether a text is an address block, such as `10.0.0.0/8` or `fd00::/8`. */
function isCidr(value: string): boolean {
  const [address = '', bits = '', ...rest] = value.split('/');
  const family = isIP(address);
  return (
    rest.length === 0 &&
    family !== 0 &&
    !address.includes('%') &&
    /^\d{1,3}$/.test(bits) &&
    Number(bits) <= (family === 4 ? 32 : 128)
  );
}

/** An address block. One that is written with an address inside it is refused by name: newer API servers warn of it. */
export const blockShape = (example = '10.0.0.0/8'): Shape => {
  const form = custom(
    (value) => isLiteral(value) && isCidr(value),
    `an address block such as '${example}'`,
  );
  const check: Shape['check'] = (value, path, log) => {
    if (!conforms(form, value, path, log)) return;
    const meant = tryMeant(value as string);
    if (meant === undefined) return;
    const found = `${path} is ${describe(value)}, which is an address inside ${meant}`;
    log.error('PropInvalid', found, `Write '${meant}' for the block, or its own address alone`);
  };
  return { give: form.give, check };
};

/** An address block that is not all there is: egress goes to what was declared. */
export const declaredBlockShape = (example?: string): Shape => {
  const block = blockShape(example);
  const check: Shape['check'] = (value, path, log) => {
    if (!conforms(block, value, path, log) || !isEverywhere(value as string)) return;
    const fix = 'Give the blocks in which it is';
    log.error('PropInvalid', `${path} is ${describe(value)}, which is everywhere`, fix);
  };
  return { give: block.give, check };
};

/** Whether a block has all addresses of its family. */
export const isEverywhere = (cidr: string): boolean => Number(cidr.split('/')[1]) === 0;

/** Whether an address block is a part of another, and not the whole: what Kubernetes asks of exceptions. */
export function isWithin(inner: string, outer: string): boolean {
  const [address = '', bits = ''] = outer.split('/');
  const [start = '', length = ''] = inner.split('/');
  const list = new BlockList();
  list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  return (
    isIPv6(start) === isIPv6(address) &&
    Number(length) > Number(bits) &&
    list.check(start, isIPv6(start) ? 'ipv6' : 'ipv4')
  );
}

/** The block that a text names by an address inside it; undefined when it names the block. */
function tryMeant(cidr: string): string | undefined {
  const [address = '', bits = ''] = cidr.split('/');
  const [radix, width] = isIPv6(address) ? ([16, 16] as const) : ([10, 8] as const);
  const parts = isIPv6(address) ? groupsOf(address) : address.split('.').map(Number);
  const network = parts.map((part, index) => {
    const hosts = Math.min(width, Math.max(0, (index + 1) * width - Number(bits)));
    return part - (part % 2 ** hosts);
  });
  if (network.every((part, index) => part === parts[index])) return undefined;
  const text = network.map((part) => part.toString(radix));
  return `${isIPv6(address) ? shortened(text.join(':')) : text.join('.')}/${bits}`;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [head = [], tail] = shortened(address)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const gap = 8 - head.length - (tail?.length ?? 0);
  const groups = [...head, ...(tail ? [...Array<string>(gap).fill('0'), ...tail] : [])];
  return groups.map((group) => Number.parseInt(group, 16));
}

/** An IPv6 address as URLs write it: in hexadecimal groups, the longest gap left out. */
const shortened = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
