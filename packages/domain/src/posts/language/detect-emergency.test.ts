import { describe, expect, it } from 'vitest';
import { detectEmergency, type EmergencyKind } from './detect-emergency.ts';
import { alarmingPhrases, calmPhrases, heldOutAlarmingPhrases, heldOutCalmPhrases } from './phrases/emergency.ts';
import { print } from './phrases/print.ts';

const alarms = (phrase: string) => detectEmergency(phrase) !== null;

describe('detectEmergency', () => {
  const labelled = Object.entries(alarmingPhrases).flatMap(([kind, phrases]) =>
    phrases.map((phrase) => ({ kind: kind as EmergencyKind, phrase })),
  );

  it('misses none of the labelled emergencies, at least 60, and names the kind', () => {
    expect(labelled.length).toBeGreaterThanOrEqual(60);
    expect(labelled.filter(({ kind, phrase }) => detectEmergency(phrase)?.kinds.includes(kind) !== true)).toEqual([]);
  });

  it('alarms for at most 5 % of ordinary phrases chosen to look alike', () => {
    const raised = calmPhrases.filter(alarms);
    print(`emergency: ${labelled.length} alarming, 0 missed; ${raised.length} false alarms of ${calmPhrases.length}`);
    expect(calmPhrases.length).toBeGreaterThanOrEqual(60);
    expect(raised.length / calmPhrases.length).toBeLessThanOrEqual(0.05);
  });

  it('holds on phrases held out', () => {
    const missed = heldOutAlarmingPhrases.filter((phrase) => !alarms(phrase)).length;
    const raised = heldOutCalmPhrases.filter(alarms).length;
    print(
      `emergency, held out: ${missed} missed of ${heldOutAlarmingPhrases.length}, ${raised} false of ${heldOutCalmPhrases.length}`,
    );
    expect(missed).toBeLessThanOrEqual(2);
    expect(raised).toBeLessThanOrEqual(2);
  });

  it('always gives 15, 18, 112 and 114', () => {
    for (const { phrase } of labelled)
      expect(detectEmergency(phrase)?.numbers).toEqual(expect.arrayContaining(['15', '18', '112', '114']));
  });

  it('gives 3114 first for suicide, 17 and 3919 for violence, 119 for a child', () => {
    expect(detectEmergency('je veux mourir')).toEqual({
      kinds: ['suicide'],
      numbers: ['3114', '15', '18', '112', '114'],
    });
    expect(detectEmergency('mon mari me frappe')).toEqual({
      kinds: ['violence'],
      numbers: ['15', '18', '112', '114', '17', '3919'],
    });
    expect(detectEmergency('la petite du 4e est maltraitée')?.numbers).toContain('119');
    expect(detectEmergency('ça sent le gaz')).toEqual({ kinds: ['gas'], numbers: ['15', '18', '112', '114'] });
  });

  it('takes a fall of last year for a story, and violence of last year for a call', () => {
    expect(detectEmergency('Je suis tombée l’an dernier')).toBeNull();
    expect(detectEmergency('Mon mari me frappe depuis l’an dernier')?.kinds).toEqual(['violence']);
  });
});
