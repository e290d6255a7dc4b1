/** Which form of an endpoint a reference stands for. */
export type EndpointPart = 'address' | 'host' | 'port' | 'url';

export const endpointParts = ['address', 'host', 'port', 'url'] as const satisfies EndpointPart[];

/** One form of an endpoint as text. The port is left out of URLs where it is the scheme's own. */
export function endpointForm(
  part: EndpointPart,
  { scheme, host, port }: { readonly scheme: string; readonly host: string; readonly port: number },
): string {
  if (part === 'host') return host;
  if (part === 'port') return String(port);
  if (part === 'address') return `${host}:${port}`;
  const own = { http: 80, https: 443 }[scheme];
  return own === port ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
}
