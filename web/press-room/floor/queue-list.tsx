// The queue in force, as everybody sees it: place, outlet, topic, turns had, and every move with its reason.
import type { Zone } from '../../../shared/people.ts';
import { useFormats } from '../../platform/format.ts';
import { useWords } from '../../platform/words.ts';
import { floorWords } from '../../words/press-floor.ts';
import type { QueuePlace } from './portal.ts';
import './floor.css';

export function QueueList({ queue, zone }: { queue: readonly QueuePlace[]; zone: Zone }) {
  const words = useWords(floorWords);
  const { clock } = useFormats();
  return (
    <section>
      <h3>{words.queue(queue.length)}</h3>
      {queue.length === 0 && <p className="quiet">{words.queueEmpty}</p>}
      <ol className="queue">
        {queue.map((one) => (
          <li key={one.id} className="queue-row" data-mine={one.mine}>
            <span className="queue-place">{one.place}</span>
            <div>
              <p className="queue-topic">
                <strong>{one.outlet}</strong>
                {one.mine && ` (${words.mine})`} <span className="quiet">{words.turnsHad(one.turnsHad)}</span>
              </p>
              <p>{one.topic === '' ? <span className="quiet">{words.unscreened}</span> : one.topic}</p>
              {one.moved && <p className="moved">{words.moved(one.moved.byName, clock(one.moved.at, zone), one.moved.reason)}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
