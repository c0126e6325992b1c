/** Whether a host is this machine itself, written as a URL has it or as an address to listen on. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host);
