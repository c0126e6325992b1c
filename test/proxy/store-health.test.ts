import { silentObserver } from '../../src/proxy/observer';
import { StoreHealth } from '../../src/proxy/store-health';
import { StoreError } from '../../src/proxy/store/store-error';
import { makeStore, stores, TestClock } from './stores';

describe.each(stores)('whether messages can be stored, on %s', (driver) => {
  test('shows in a row that is written, and is told once when it changes', async () => {
    const store = makeStore(driver);
    const database = await store.open();
    const told: object[] = [];
    const unsafe: StoreError[] = [];
    const observer = { ...silentObserver, storeChanged: (event: object) => void told.push(event) };
    const health = new StoreHealth(database, new TestClock(), observer, (error) => unsafe.push(error));
    expect(await health.probe()).toBe(5000);
    await database.close();
    expect(await health.probe()).toBe(1000);
    expect(await health.probe()).toBe(1000);
    expect(health.isWritable).toBe(false);
    health.worked();
    expect(health.isWritable).toBe(true);
    expect(told).toEqual([
      { isWritable: false, reason: 'unavailable' },
      { isWritable: true, reason: null },
    ]);
    expect(unsafe).toEqual([]);
    health.failed(new StoreError('unsafe', 'fsync failed'));
    expect(unsafe).toHaveLength(1);
    await store.remove();
  });

  test('a store that a newer version has taken over is none for this one', async () => {
    const store = makeStore(driver);
    const database = await store.open();
    const told: StoreError[] = [];
    const health = new StoreHealth(database, new TestClock(), silentObserver, (error) => told.push(error));
    await database.query('INSERT INTO schema_version (version) VALUES (1000)');
    await health.probe();
    expect(health.isWritable).toBe(false);
    expect(told).toMatchObject([{ code: 'newer' }]);
    await store.remove();
  });
});
