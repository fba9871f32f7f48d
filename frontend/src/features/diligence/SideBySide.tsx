import type { SanctionHit, Stakeholder } from '@/shared/api/types';
import { countryName } from '@/shared/format/country';
import { formatDate } from '@/shared/format/date';
import { kindWords, say } from '@/shared/format/words';
import type { SanctionEntry } from './parts';
import classes from './diligence.module.css';

interface SideBySideProps {
  hit: SanctionHit;
  donor: Stakeholder | undefined;
}

const shownNames = 8;

/** The donor and the entry of the list, line by line. */
export function SideBySide({ hit, donor }: SideBySideProps) {
  const { entry } = hit;
  const names = [hit.theirs, ...entry.names.map(({ name }) => name)];
  // Piper keeps no such thing of its own where ours is null.
  const rows: [string, string | null, string][] = [
    ['Name', hit.ours, list([...new Set(names)], shownNames)],
    ['Kind', say(kindWords, donor?.kind), say(kindWords, entry.kind)],
    ['Country', countryName(donor?.country), (entry.countries ?? []).map(countryName).join(', ')],
    ['Born', null, births(entry)],
    ['Numbers', (donor?.externalIds ?? []).map(({ value }) => value).join(', '), numbers(entry)],
    ['Address', null, (entry.addresses ?? []).join(' · ')],
    ['Function', null, [...new Set(entry.names.flatMap((one) => one.function ?? []))].join(' · ')],
    ['Programmes', null, (entry.programmes ?? []).join(', ')],
    ['Remarks', null, (entry.remarks ?? []).join(' · ')],
  ];
  return (
    <table className={classes.sides} aria-label={`${hit.donorName} and ${hit.title}`}>
      <colgroup>
        <col />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <td className={classes.corner} />
          <th scope="col">Our donor</th>
          <th scope="col">On the list{entry.reference && ` (${entry.reference})`}</th>
        </tr>
      </thead>
      <tbody>
        {rows
          .filter(([, , theirs]) => theirs !== '')
          .map(([name, ours, theirs]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{ours === '' ? <span className={classes.mute}>not known</span> : ours}</td>
              <td>{theirs}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function list(names: string[], most: number): string {
  const more = names.length - most;
  return names.slice(0, most).join(' · ') + (more > 0 ? ` · and ${String(more)} more` : '');
}

function births({ births: known = [] }: SanctionEntry): string {
  return known
    .map(({ date, year, circa, calendar, place }) =>
      [
        circa && 'about',
        date ? formatDate(date) : year,
        calendar && `(${calendar.toLowerCase()} calendar)`,
        place && `in ${place}`,
      ]
        .filter(Boolean)
        .join(' '),
    )
    .join(' · ');
}

function numbers({ numbers: known = [] }: SanctionEntry): string {
  return known.map(({ kind, number }) => `${number} (${kind})`).join(', ');
}
