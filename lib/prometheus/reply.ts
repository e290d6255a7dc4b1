import { isBag, oneLine } from '../foundation';
import type { Api } from './api';
import type { Failure } from './error';
import type { Reply } from './transport';

/** The longest text of a server that is shown, in characters. */
export const LONGEST = 500;

/** What the status alone says. */
export function refusal({ status, headers, body }: Reply, api: Api): Failure | undefined {
  if (status >= 300 && status < 400) {
    return {
      ...{ fault: 'redirect', status },
      found: `answered ${status} and sends elsewhere, to ${placeOf(headers.location)}`,
      fix: 'Give the address that it leads to; where that is a login page, give credentials that need none',
    };
  }
  if (status === 401 || status === 403) {
    return {
      ...{ fault: 'credentials', status },
      found: `answered ${status}${said(body)}`,
      fix: 'Give a token or a user that may read, and the tenant where there are several',
    };
  }
  if (status === 404 || status === 405) {
    return {
      ...{ fault: 'not-found', status },
      found: `answered ${status}: it has no API of ${api.name} here`,
      fix: `Give the address up to ${api.upTo}, with its path: ${api.places}`,
    };
  }
  if (status === 429 || status === 502 || status === 504 || (status === 503 && !isVerdict(body))) {
    const after = retryAfter(headers['retry-after']);
    return {
      ...{ fault: 'unavailable', status },
      found: `answered ${status}${said(body)}`,
      fix: 'Try again when it is less busy',
      ...(after !== undefined && { retryAfterSeconds: after }),
    };
  }
  return undefined;
}

/** Prometheus says 503 of a query that took it too long as well: it would again. */
function isVerdict(body: string): boolean {
  const value = parsed(body);
  return isBag(value) && value.errorType === 'timeout';
}

/** The JSON of a text; undefined when it is none. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** The part of the address that holds no state of a login. */
function placeOf(location: string | undefined): string {
  if (location === undefined) return 'nowhere';
  return oneLine(location.replace(/\/\/[^/]*@/, '//').replace(/[?#].*/s, ''), LONGEST);
}

function said(body: string): string {
  const value = parsed(body);
  if (isBag(value) && typeof value.error === 'string') return `: ${oneLine(value.error, LONGEST)}`;
  return body.trim() === '' || isPage(body) ? '' : `: ${oneLine(body.trim(), LONGEST)}`;
}

const isPage = (body: string): boolean => body.trimStart().startsWith('<');

/** In seconds; of a date nothing, since clocks differ. */
function retryAfter(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** Why an answer is no JSON. */
export function unreadable({ status, body }: Reply, api: Api): Failure {
  if (status >= 400) {
    return {
      ...{ fault: 'rejected', status },
      found: `answered ${status}${said(body)}`,
      fix: "Look into the server's log",
    };
  }
  if (isPage(body)) {
    return unlike('answered with a page for people, maybe a login', api);
  }
  const isEmpty = body.trim() === '';
  return {
    ...{ fault: 'truncated', status },
    found: isEmpty
      ? 'answered with nothing'
      : `answered with JSON that is cut off after ${body.length} characters`,
    fix: 'Try again; if it stays so, look at what stands between',
  };
}

/** An answer that the API does not give. */
export const unlike = (found: string, { name }: Api): Failure => ({
  fault: 'answer',
  found,
  fix: `Give the address of the API of ${name}, with its path and with credentials that need no login`,
});
