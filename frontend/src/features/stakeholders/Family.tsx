import { useQuery } from '@tanstack/react-query';
import type { Stakeholder, StakeholderTree } from '@/shared/api/types';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Folded } from '@/shared/ui/Folded';
import { TextLink } from '@/shared/ui/links';
import { Section } from '@/shared/ui/Page';
import { treeQuery } from './queries';
import classes from './RecordPage.module.css';

/** How many units are shown before the rest is folded. */
const SHOWN = 12;

/** What the record is part of, from the top down, and what units hang below it. */
export function Family({ one }: { one: Stakeholder }) {
  const tree = useQuery(treeQuery(one.id));
  return (
    <Section title={one.kind === 'organisation' ? 'Part of, and units' : 'Part of'}>
      <Ready query={tree} loading={<LoadingRows rows={2} />}>
        {({ above, below, more }) => {
          const units = nested(
            below.filter(({ kind }) => kind === 'organisation'),
            one.id,
          );
          if (above.length === 0 && units.length === 0) {
            return <p className={classes.side}>It is part of nothing, and has no units.</p>;
          }
          return (
            <>
              <Tree nodes={[...above].reverse()} from={above.length} name={one.name} />
              <Tree nodes={units.slice(0, SHOWN)} from={-above.length} />
              {units.length > SHOWN && (
                <Folded title={`${units.length - SHOWN}${more ? '+' : ''} more`}>
                  <Tree nodes={units.slice(SHOWN)} from={-above.length} />
                </Folded>
              )}
            </>
          );
        }}
      </Ready>
    </Section>
  );
}

type Node = StakeholderTree['above'][number];

interface TreeProps {
  nodes: Node[];
  /** Above: how deep the record itself stands. Below: the same, negative. */
  from: number;
  /** The record itself, below what is above it. */
  name?: string;
}

function Tree({ nodes, from, name }: TreeProps) {
  return (
    <ul className={classes.plain}>
      {nodes.map(({ id, name: called, depth }) => (
        <li key={id} className={classes.node} style={indent(Math.abs(from - depth))}>
          <TextLink to="/stakeholders/$id" params={{ id }}>
            {called}
          </TextLink>
        </li>
      ))}
      {name && (
        <li className={classes.node} style={indent(from)} aria-current="page">
          {name}
        </li>
      )}
    </ul>
  );
}

const indent = (levels: number) => ({ paddingLeft: Math.min(levels, 6) * 16 });

/** Level by level as the API tells them, each unit right below what it is part of. */
function nested(nodes: Node[], id: string): Node[] {
  return nodes
    .filter(({ parentId }) => parentId === id)
    .flatMap((node) => [node, ...nested(nodes, node.id)]);
}
