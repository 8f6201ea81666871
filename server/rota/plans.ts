// Verbs of a plan: opened, drafted by several at once, decided by the head, published.
import { createPlanDeciding } from './plan-deciding.ts';
import { createPlanEditing } from './plan-editing.ts';
import { createPlanOffice, type PlanWorld } from './plan-office.ts';
import { createPlanReading } from './plan-reading.ts';

export type Plans = ReturnType<typeof createPlans>;

export function createPlans(world: PlanWorld) {
  const office = createPlanOffice(world);
  const { byOf, todayIn, managed, isHead, standing, changed, inForce } = office;
  return {
    byOf,
    todayIn,
    managed,
    isHead,
    standing,
    changed,
    inForce,
    ...createPlanReading(world, office),
    ...createPlanEditing(world, office),
    ...createPlanDeciding(world, office),
  };
}
