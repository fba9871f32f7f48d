import { useQuery } from '@tanstack/react-query';
import type { DiligenceCase } from '@/shared/api/types';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { HitCard } from './HitCard';
import { donorQuery, hitsQuery } from './queries';
import classes from './diligence.module.css';

/** Who on the EU's sanctions list has a name like the donor's, side by side with the donor. */
export function Screening({ one }: { one: DiligenceCase }) {
  const hits = useQuery(hitsQuery(one.stakeholderId));
  const donor = useQuery(donorQuery(one.stakeholderId)).data;
  return (
    <Section title="Sanctions list">
      <Ready query={hits} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.mute}>
              {one.standing.screening.at
                ? 'No name on the EU’s sanctions list is like this donor’s.'
                : 'The donor was not held against the list yet, as none has come in.'}
            </p>
          ) : (
            <>
              <p className={classes.mute}>
                Names that are alike. A name alone neither confirms nor clears: judge each by
                something else, such as a date of birth or a register number.
              </p>
              {items.map((hit) => (
                <HitCard key={hit.id} hit={hit} donor={donor} />
              ))}
            </>
          )
        }
      </Ready>
    </Section>
  );
}
