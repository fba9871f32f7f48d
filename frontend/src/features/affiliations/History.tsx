import type { Affiliation } from '@/shared/api/types';
import { today } from '@/shared/format/date';
import { formatSpan } from '@/shared/format/span';
import { placed } from './history';
import classes from './affiliations.module.css';

const WIDTH = 640;
const HEIGHT = 46;

/** Who held a seat when, as a small line of time. The lists below say the same in words. */
export function History({ posts }: { posts: Affiliation[] }) {
  const line = placed(posts, today());
  if (line === null) return null;
  const { spans, years } = line;
  return (
    <div className={classes.history} aria-hidden>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT}>
        {spans.map(({ post, from, to }) => (
          <rect
            key={post.id}
            className={classes.span}
            data-state={post.state}
            x={from * WIDTH}
            y={6}
            rx={2}
            width={Math.max(3, (to - from) * WIDTH - 2)}
            height={14}
          >
            <title>{`${post.person.name}, ${formatSpan(post)}`}</title>
          </rect>
        ))}
        <line className={classes.axis} x1={0} x2={WIDTH} y1={26} y2={26} />
      </svg>
      <div className={classes.years}>
        {years.map(({ year, at }) => (
          <span key={year} style={{ left: `${at * 100}%` }}>
            {year}
          </span>
        ))}
      </div>
    </div>
  );
}
