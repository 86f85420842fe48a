/** The sample school: clearly made up, on simulated devices, with everything in it that a school has. */
import type { NewEvent } from '../server/contract/events.ts';
import type { Language } from '../server/contract/words.ts';
import type { Tx } from '../server/db.ts';
import { writeAccess } from './sample-access.ts';
import { writeCampus } from './sample-campus.ts';
import { writePeople } from './sample-people.ts';
import { sampleWords } from './sample-words.ts';

export interface SampleSchoolInput {
  language: Language;
  timeZone: string;
  /** Milliseconds since 1970: the calendar is the school year around it. */
  now: number;
}

export function sampleSchoolName(language: Language): string {
  return sampleWords[language].school;
}

/** Writes gates, devices, people and rules into an empty store; the events that record them. */
export async function writeSampleSchool(
  tx: Tx,
  { language, timeZone, now }: SampleSchoolInput,
): Promise<NewEvent[]> {
  const words = sampleWords[language];
  const campus = await writeCampus(tx, words);
  const access = await writeAccess(tx, words, { now, timeZone });
  const people = await writePeople(tx, words, now);
  return [...campus, ...access, ...people];
}
