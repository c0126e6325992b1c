/** The proxy refused, or did not answer. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function read<T>(response: Response): Promise<T> {
  const body = (await response.json().catch(() => ({}))) as { message?: string };
  if (!response.ok) throw new RequestError(response.status, body.message ?? `The proxy answered ${response.status}.`);
  return body as T;
}

const whenGone = (): never => {
  throw new RequestError(0, 'The proxy does not answer.');
};

export const get = async <T>(path: string): Promise<T> => read<T>(await fetch(path).catch(whenGone));

export const post = async <T>(path: string, body: unknown): Promise<T> =>
  read<T>(
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(whenGone),
  );
