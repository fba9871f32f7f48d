import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Neighbour, Stakeholder, StakeholderNetwork } from '@/shared/api/types';
import { Folded } from '@/shared/ui/Folded';
import { TextLink } from '@/shared/ui/links';
import { SvgLink } from '@/shared/ui/SvgLink';
import { networkQuery } from './queries';
import { cut, ring, type Place } from './ring';
import classes from './relations.module.css';

/** Fewer neighbours than this are told as well by the lists of the page. */
const WORTH = 3;

/** The record in the middle of who is linked with it today: relations, posts, what it is part of, its parts. */
export function Network({ one }: { one: Stakeholder }) {
  const network = useQuery(networkQuery(one.id)).data;
  if (!network || network.neighbours.length < WORTH) return null;
  return (
    <div className={classes.network}>
      <Picture one={one} network={network} />
      <p className={classes.key}>
        <span data-link="relation">relation, thicker where closer</span>
        <span data-link="affiliation">post</span>
        <span data-link="part">part of</span>
        {network.more > 0 && <span>and {network.more} more</span>}
      </p>
      <Folded title="The same as a list">
        <ul className={classes.names}>
          {network.neighbours.map((other) => (
            <li key={other.id}>
              <TextLink to="/stakeholders/$id" params={{ id: other.id }}>
                {other.name}
              </TextLink>
              <span className={classes.how}>{wordsOf(other)}</span>
            </li>
          ))}
        </ul>
      </Folded>
    </div>
  );
}

function Picture({ one, network }: { one: Stakeholder; network: StakeholderNetwork }) {
  const { ref, width } = useElementSize();
  const { neighbours } = network;
  const drawn = ring(neighbours.length, width);
  const middle = { x: width / 2, y: drawn.height / 2 };
  return (
    <div ref={ref} className={classes.picture}>
      {width > 0 && (
        <svg width={width} height={drawn.height} role="group" aria-label={`Network of ${one.name}`}>
          {drawn.places.map(({ x, y }, i) => (
            <line
              key={neighbours[i]?.id}
              className={classes.link}
              data-link={neighbours[i]?.links[0]?.kind}
              x1={middle.x}
              y1={middle.y}
              x2={x}
              y2={y}
              strokeWidth={Math.max(1, neighbours[i]?.links[0]?.strength ?? 1)}
            />
          ))}
          {neighbours.map((other, i) => {
            const place = drawn.places[i];
            return (
              place && <Node key={other.id} other={other} place={place} letters={drawn.letters} />
            );
          })}
          <g transform={`translate(${middle.x} ${middle.y})`} className={classes.middle}>
            <Mark kind={one.kind} size={9} />
          </g>
        </svg>
      )}
    </div>
  );
}

interface NodeProps {
  other: Neighbour;
  place: Place;
  letters: number;
}

function Node({ other, place, letters }: NodeProps) {
  const { x, y, turn, anchor } = place;
  const said = `${other.name}: ${wordsOf(other)}`;
  return (
    <SvgLink
      to="/stakeholders/$id"
      params={{ id: other.id }}
      className={classes.node}
      aria-label={said}
    >
      <title>{said}</title>
      <g transform={`translate(${x} ${y})`}>
        <Mark kind={other.kind} size={6} />
        <text
          x={anchor === 'end' ? -12 : 12}
          textAnchor={anchor}
          dominantBaseline="central"
          transform={turn ? `rotate(${turn})` : undefined}
        >
          {cut(other.name, letters)}
        </text>
      </g>
    </SvgLink>
  );
}

/** A person is round, an organisation square, a seat a square on its corner. */
function Mark({ kind, size }: { kind: Stakeholder['kind']; size: number }) {
  if (kind === 'person') return <circle r={size} />;
  return (
    <rect
      x={-size}
      y={-size}
      width={2 * size}
      height={2 * size}
      rx={2}
      transform={kind === 'seat' ? 'rotate(45)' : undefined}
    />
  );
}

function wordsOf({ links }: Neighbour): string {
  return links
    .map(({ kind, words }) => {
      if (kind === 'parent') return 'it is part of this';
      if (kind === 'part') return 'part of it';
      return words ?? 'post';
    })
    .join(', ');
}
