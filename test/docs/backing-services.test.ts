import { afterAll, describe, expect, it } from '@jest/globals';
import { Application, Platform, Worker, type Environment } from '../../lib';
import { addBackingServices } from '../kustomize/backing-services';
import { blocksOf, exampleFolder, exampleOf, pageOf } from './examples';

const page = pageOf('docs/backing-services.md');
const examples = exampleFolder('backing-services');
afterAll(examples.remove);

const platformOf = (name: string): Platform => {
  const file = `${name.replaceAll(' ', '-')}.ts`;
  examples.write(file, exampleOf(page, name));
  const { prod } = examples.load(file) as { readonly prod: Environment };
  return new Platform({ environments: [prod] });
};

describe('docs/backing-services.md', () => {
  it('has examples that compile', () => {
    const blocks = blocksOf(page).filter(({ language }) => language === 'ts');
    expect(blocks.length).toBeGreaterThan(0);
    const files = blocks.map(({ text }, index) => {
      examples.write(`block-${index}.ts`, text);
      return `block-${index}.ts`;
    });
    expect(examples.typeErrors(files)).toEqual([]);
  }, 60_000);

  it('shows an environment of aws() that has every kind', () => {
    const platform = platformOf('prod on AWS');
    const app = new Application(platform, 'shop', { owner: 'team-a' });
    new Worker(app, 'mailer', { image: 'x:1', uses: addBackingServices(app) });
    expect(platform.render().problems).toEqual([]);
  });

  it.each(['prod on Google Cloud', 'prod on Azure'])('has %s, which a platform takes', (name) => {
    expect(platformOf(name).render().problems).toEqual([]);
  });
});
