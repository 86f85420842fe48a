-- DropIndex
DROP INDEX "Event_laneId_seq_idx";

-- CreateIndex
CREATE INDEX "Event_gateId_laneId_direction_seq_idx" ON "Event"("gateId", "laneId", "direction", "seq");
