import { Button, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Delivery } from '@/shared/api/types';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';
import classes from './webhooks.module.css';
import { stateWords } from './words';

interface DeliveryRowProps {
  delivery: Delivery;
  onReplay: () => void;
}

/** One delivery; its attempts unfold. */
export function DeliveryRow({ delivery, onReplay }: DeliveryRowProps) {
  const [open, { toggle }] = useDisclosure(false);
  const { word, tone } = stateWords(delivery.state);
  const last = delivery.tries.at(-1);
  const what = delivery.event === 'test' ? 'test' : `${delivery.noun}.${delivery.event}`;
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <strong style={{ fontWeight: 600 }}>{what}</strong>
          <div className={classes.mute}>
            <When at={delivery.at} short />, {delivery.byName}
          </div>
        </Table.Td>
        <Table.Td>
          <Tag tone={tone}>{word}</Tag>
          {delivery.state === 'waiting' && delivery.attempts > 0 && (
            <div className={classes.mute}>
              again <When at={delivery.dueAt} short />
            </div>
          )}
        </Table.Td>
        <Table.Td>
          {last ? (
            <>
              {last.status ? `${last.status} · ` : ''}
              {last.millis} ms
              {last.fault && <div className={classes.mute}>{last.fault}</div>}
            </>
          ) : (
            <span className={classes.mute}>not sent yet</span>
          )}
        </Table.Td>
        <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
          {last && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              aria-expanded={open}
              aria-label={`Attempts at ${what}`}
              onClick={toggle}
            >
              {open ? 'Less' : 'Details'}
            </Button>
          )}{' '}
          {delivery.state !== 'waiting' && (
            <Button size="xs" variant="default" aria-label={`Replay ${what}`} onClick={onReplay}>
              Replay
            </Button>
          )}
        </Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={4}>
            <Attempts delivery={delivery} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function Attempts({ delivery }: { delivery: Delivery }) {
  return (
    <>
      <div className={classes.mute}>
        Event {delivery.eventId}
        {delivery.recordId && `, record ${delivery.recordId}`}
        {delivery.into && `, now ${delivery.into}`}
      </div>
      <ol className={classes.tries} reversed>
        {delivery.tries.toReversed().map((one, n) => (
          <li key={n}>
            <When at={one.at} /> · {one.status ? `answered ${one.status}` : 'no answer'} ·{' '}
            {one.millis} ms
            {one.fault && <div>{one.fault}</div>}
            {one.answer && <pre className={classes.answer}>{one.answer}</pre>}
          </li>
        ))}
      </ol>
    </>
  );
}
