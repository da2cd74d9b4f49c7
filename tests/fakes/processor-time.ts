/** Milliseconds of this process's own work since `start`: what else the machine does is not our slowness. */
export function workedSince(start: NodeJS.CpuUsage): number {
  return process.cpuUsage(start).user / 1_000;
}
