CREATE TABLE `requests` (
	`id` varchar(100) character set ascii collate ascii_bin NOT NULL,
	`hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`recorded_at` datetime(3) NOT NULL,
	`answer` text NOT NULL,
	CONSTRAINT `requests_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
ALTER TABLE `transactions` ADD `place_of_id` bigint unsigned;--> statement-breakpoint
CREATE INDEX `transactions_location_kind` ON `transactions` (`location_id`,`kind`,`occurred_at`);