import type { Adapter } from './adapters/adapter';
import { express } from './adapters/express';
import { fastify } from './adapters/fastify';
import { hapi } from './adapters/hapi';
import { http } from './adapters/http';
import { koa } from './adapters/koa';
import { next } from './adapters/next';
import { nextPages } from './adapters/next-pages';
import { nuxt } from './adapters/nuxt';
import { nuxt2 } from './adapters/nuxt-2';

/** A framework: by which packages it is known, and how code makes a server with it. */
interface Framework {
  readonly packages: readonly string[];
  /** The first major version; 0: any. */
  readonly since?: number;
  /** Group 1 is the name of the server; null where nobody can tell, or the path of a file is enough. */
  readonly creation: RegExp | null;
  readonly adapter: Adapter;
}

export type FrameworkName =
  'next' | 'next-pages' | 'nuxt' | 'nuxt-2' | 'nest' | 'fastify' | 'hapi' | 'koa' | 'express' | 'http';

const made = (call: string): RegExp =>
  new RegExp(`^[ \\t]*(?:export )?(?:const|let|var) (\\w+)(?:\\s*:[^=\\n]+)? = ${call}`, 'm');
/** The first that fits counts: a project with Next also has Express now and then, and everything has node:http. */
export const frameworks: Readonly<Record<FrameworkName, Framework>> = {
  next: { packages: ['next'], since: 14, creation: null, adapter: next },
  'next-pages': { packages: ['next'], creation: null, adapter: nextPages },
  nuxt: { packages: ['nuxt'], since: 3, creation: null, adapter: nuxt },
  'nuxt-2': { packages: ['nuxt'], creation: null, adapter: nuxt2 },
  nest: { packages: ['@nestjs/platform-express'], creation: null, adapter: express },
  fastify: { packages: ['fastify'], creation: made('(?:fastify|Fastify)\\(.*\\);?[ \\t]*$'), adapter: fastify },
  hapi: { packages: ['@hapi/hapi', 'hapi'], creation: made('(?:Hapi|hapi)\\.server\\('), adapter: hapi },
  koa: { packages: ['koa'], creation: made('new Koa\\(\\);?[ \\t]*$'), adapter: koa },
  express: { packages: ['express'], creation: made('express\\(\\);?[ \\t]*$'), adapter: express },
  http: { packages: [], creation: /\bcreateServer\(/, adapter: http },
};

/** Whether a version range, as package.json has it, is of this framework; a range that says nothing is the newest. */
export function isOfVersion(range: string, since: number | undefined): boolean {
  const major = /\d+/.exec(range)?.[0];
  return since === undefined || major === undefined || Number(major) >= since;
}

/** Whether a file makes the server of this framework. */
export function servesOf(name: FrameworkName, text: string): boolean {
  return frameworks[name].creation?.test(text) ?? false;
}
