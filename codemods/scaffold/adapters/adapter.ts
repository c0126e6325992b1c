/** What one framework needs: its request type, the module that answers, and how it is reached. */
export interface Adapter {
  /** Declares `ShopRequest`, for TypeScript. */
  readonly requestType: string;
  /** Path of the module, without extension, relative to the folder of the scaffold unless it starts with `/`. */
  readonly module: string;
  readonly source: string;
  /** What to write where the server is put together; null when the path of the file is enough. */
  readonly mount: Mount | null;
  /** A file at a place that the framework knows, which hands requests on to the module; `«routes»` is its specifier. */
  readonly entry?: { readonly module: string; readonly source: string };
}

export interface Mount {
  /** The name that the module exports. */
  readonly exported: string;
  /** The statement, in which `app` is the server. */
  readonly statement: string;
}
