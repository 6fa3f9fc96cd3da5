namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>The surroundings of one migration.</summary>
/// <param name="Name">The migration's name.</param>
/// <param name="Meter">Its instruments; null if the application has no meters.</param>
/// <param name="Journal">Its log.</param>
/// <param name="Clock">Measures and limits the time of the sides.</param>
/// <param name="Random">Draws samples and orders. Safe to use from several threads.</param>
internal sealed record MigrationServices(string Name, MigrationMeter? Meter, MigrationJournal Journal, TimeProvider Clock, Random Random);
