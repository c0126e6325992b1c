/** The proxy refused, or did not answer. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Of a gate that is closed: what it wants. */
    readonly missing: readonly string[] | null = null,
  ) {
    super(message);
  }
}

async function read<T>(response: Response): Promise<T> {
  const body = (await response.json().catch(() => ({}))) as {
    message?: string;
    missing?: readonly string[];
  };
  if (!response.ok)
    throw new RequestError(
      response.status,
      body.message ?? `The proxy answered ${response.status}.`,
      body.missing ?? null,
    );
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

/** What is kept of a message: anything at all. */
export async function getText(path: string): Promise<string> {
  const response = await fetch(path).catch(whenGone);
  return response.ok ? response.text() : read<string>(response);
}
